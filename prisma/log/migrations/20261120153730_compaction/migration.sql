-- Edited after Prisma wrote it: columns are added in place, because redefining the table would copy it and
-- bring back the AUTOINCREMENT that the first migration left out.

-- AlterTable
ALTER TABLE "partition_log" ADD COLUMN "clean_offset" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "partition_log" ADD COLUMN "tombstones_due_ms" BIGINT;
