-- CreateTable
CREATE TABLE "open_listener" (
    "tenant_id" TEXT NOT NULL PRIMARY KEY,
    "is_on" BOOLEAN NOT NULL,
    "port" INTEGER NOT NULL,
    "create_topics" BOOLEAN NOT NULL,
    "partitions" INTEGER NOT NULL,
    CONSTRAINT "open_listener_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
