import { api, array, bool, int16, int32, int64, string, throttleTimeMs } from '../schema.ts'

/** What each directory of a broker holds, in bytes (KIP-113). Null topics ask for all of them. */
export const DescribeLogDirs = api({
  name: 'DescribeLogDirs',
  key: 35,
  versions: '1-4',
  flexible: '2+',
  request: {
    topics: array(
      { topic: string({ entity: 'topicName' }), partitions: array(int32()) },
      { nullable: '0+' },
    ),
  },
  response: {
    throttleTimeMs: throttleTimeMs(),
    errorCode: int16({ versions: '3+' }),
    results: array({
      errorCode: int16(),
      logDir: string(),
      topics: array({
        name: string({ entity: 'topicName' }),
        partitions: array({
          partitionIndex: int32(),
          partitionSize: int64(),
          offsetLag: int64(),
          isFutureKey: bool(),
        }),
      }),
      totalBytes: int64({ versions: '4+', default: -1 }),
      usableBytes: int64({ versions: '4+', default: -1 }),
    }),
  },
})
