-- CreateTable
CREATE TABLE "lag_series" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "cluster_id" TEXT NOT NULL,
    "group_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "lag_minute" (
    "cluster_id" TEXT NOT NULL,
    "minute" INTEGER NOT NULL,
    "samples" INTEGER NOT NULL,

    PRIMARY KEY ("cluster_id", "minute")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "lag_sample" (
    "series_id" INTEGER NOT NULL,
    "minute" INTEGER NOT NULL,
    "lag" BIGINT,

    PRIMARY KEY ("series_id", "minute")
) WITHOUT ROWID; -- A series lies together in the file: a week of it is one range of one tree.

-- CreateIndex
CREATE UNIQUE INDEX "lag_series_cluster_id_group_id_topic_partition_key" ON "lag_series"("cluster_id", "group_id", "topic", "partition");
