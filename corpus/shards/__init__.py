"""What is read out of articles as open files: Parquet datasets by shards, written once and asked by anything."""
