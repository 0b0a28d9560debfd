-- CreateTable
CREATE TABLE "connector" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "cluster_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "config" TEXT NOT NULL,
    "secrets" BLOB NOT NULL,
    "desired" TEXT NOT NULL CHECK ("desired" IN ('running', 'paused')),
    "created_ms" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "connector_task" (
    "connector_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL,
    "position" TEXT,
    "records_produced" BIGINT NOT NULL,
    "failure" TEXT,

    PRIMARY KEY ("connector_id", "number"),
    CONSTRAINT "connector_task_connector_id_fkey" FOREIGN KEY ("connector_id") REFERENCES "connector" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "connector_cluster_id_name_key" ON "connector"("cluster_id", "name");
