"""Everything that leaves by mail: the outbox, its delivery, subscriptions, wording."""
