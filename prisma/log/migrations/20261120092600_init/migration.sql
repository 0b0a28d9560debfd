-- Edited after Prisma wrote it: CHECKs, because SQLite would store text in a BLOB column as it is; and no
-- AUTOINCREMENT, whose bookkeeping would add a page to every commit. Ids are handed out by broker.db.

-- CreateTable
CREATE TABLE "chunk" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "partition_id" INTEGER NOT NULL,
    "base_offset" BIGINT NOT NULL,
    "next_offset" BIGINT NOT NULL,
    "max_timestamp_ms" BIGINT NOT NULL,
    "running_max_timestamp_ms" BIGINT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "producers" BLOB NOT NULL CHECK (typeof("producers") = 'blob'),
    "bytes" BLOB NOT NULL CHECK (typeof("bytes") = 'blob')
);

-- CreateTable
CREATE TABLE "partition_log" (
    "partition_id" INTEGER NOT NULL PRIMARY KEY,
    "log_start_offset" BIGINT NOT NULL,
    "next_offset" BIGINT NOT NULL,
    "size_bytes" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "producer_snapshot" (
    "partition_id" INTEGER NOT NULL PRIMARY KEY,
    "offset" BIGINT NOT NULL,
    "bytes" BLOB NOT NULL CHECK (typeof("bytes") = 'blob')
);

-- CreateIndex
CREATE UNIQUE INDEX "chunk_partition_id_base_offset_key" ON "chunk"("partition_id", "base_offset");
