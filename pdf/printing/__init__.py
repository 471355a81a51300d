"""An edition becomes a stored file: the job, its row, tasks, views, retries."""
