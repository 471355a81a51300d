"""What texts mean, as vectors: the model, the vectors of editions, the files they are read from."""
