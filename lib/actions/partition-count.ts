import { z } from 'zod'

/** The largest number that Kafka's protocol has room for; clusters allow fewer and say so. */
const int32Max = 2_147_483_647

/** A number of partitions as it was typed. */
export const partitionCount = z
  .string()
  .regex(/^\s*-?\d+\s*$/, 'Enter a whole number.')
  .transform(Number)
  .refine((count) => count >= 1, 'Number of partitions must be larger than 0.')
  .refine((count) => count <= int32Max, 'Enter a smaller number.')
