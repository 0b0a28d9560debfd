-- CreateTable
CREATE TABLE "metric_series" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "cluster_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "first_ms" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "metric_minute" (
    "minute" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "steps" INTEGER NOT NULL,
    "measured_ms" INTEGER NOT NULL,
    "samples" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "metric_sample" (
    "series_id" INTEGER NOT NULL,
    "minute" INTEGER NOT NULL,
    "received_bytes" BIGINT NOT NULL,
    "sent_bytes" BIGINT NOT NULL,
    "received_records" BIGINT NOT NULL,
    "sent_records" BIGINT NOT NULL,
    "retained_bytes" BIGINT NOT NULL,
    "connections" INTEGER NOT NULL,
    "partitions" INTEGER NOT NULL,

    PRIMARY KEY ("series_id", "minute")
) WITHOUT ROWID; -- A series lies together in the file: a week of it is one range of one tree.

-- CreateIndex
CREATE UNIQUE INDEX "metric_series_cluster_id_kind_resource_id_key" ON "metric_series"("cluster_id", "kind", "resource_id");
