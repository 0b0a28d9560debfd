-- By hand: the table is not made anew, since dropping the old one would take the API keys with it.
ALTER TABLE "Cluster" ADD COLUMN "availability" TEXT NOT NULL DEFAULT 'SINGLE_ZONE';
