-- AlterTable
ALTER TABLE "connector_task" ADD COLUMN "pending" TEXT;
