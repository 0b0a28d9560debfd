-- CreateTable
CREATE TABLE "Milestone" (
    "userId" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "clusterId" TEXT,
    "name" TEXT,
    "reachedMs" BIGINT NOT NULL,

    PRIMARY KEY ("userId", "step"),
    CONSTRAINT "Milestone_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
