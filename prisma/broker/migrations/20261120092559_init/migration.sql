-- Edited after Prisma wrote it: the CHECK on secret_hash.

-- CreateTable
CREATE TABLE "tenant" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "type" TEXT NOT NULL,
    "limits" TEXT NOT NULL,
    "created_ms" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "api_key" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "tenant_id" TEXT NOT NULL,
    "secret_hash" BLOB NOT NULL CHECK (typeof("secret_hash") = 'blob' AND length("secret_hash") = 32),
    "created_ms" BIGINT NOT NULL,
    CONSTRAINT "api_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "topic" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenant_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "config" TEXT NOT NULL,
    "created_ms" BIGINT NOT NULL,
    CONSTRAINT "topic_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "partition" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "topic_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    CONSTRAINT "partition_topic_id_fkey" FOREIGN KEY ("topic_id") REFERENCES "topic" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "consumer_group" (
    "tenant_id" TEXT NOT NULL,
    "group_id" TEXT NOT NULL,
    "protocol_type" TEXT NOT NULL,
    "generation" BIGINT NOT NULL,
    "empty_since_ms" BIGINT,

    PRIMARY KEY ("tenant_id", "group_id"),
    CONSTRAINT "consumer_group_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "committed_offset" (
    "tenant_id" TEXT NOT NULL,
    "group_id" TEXT NOT NULL,
    "topic_id" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,
    "leader_epoch" BIGINT NOT NULL,
    "metadata" TEXT NOT NULL,
    "committed_ms" BIGINT NOT NULL,

    PRIMARY KEY ("tenant_id", "group_id", "topic_id", "partition"),
    CONSTRAINT "committed_offset_topic_id_fkey" FOREIGN KEY ("topic_id") REFERENCES "topic" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "sequence" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "next" BIGINT NOT NULL
);

-- CreateIndex
CREATE INDEX "api_key_tenant_id_idx" ON "api_key"("tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "topic_tenant_id_name_key" ON "topic"("tenant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "partition_topic_id_number_key" ON "partition"("topic_id", "number");

-- CreateIndex
CREATE INDEX "committed_offset_topic_id_idx" ON "committed_offset"("topic_id");
