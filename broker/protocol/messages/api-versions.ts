import { api, array, bool, int16, int64, string, throttleTimeMs } from '../schema.ts'

/**
 * The first request of most connections. It is legal before signing in, and its response has the
 * oldest header in every version. An unknown version is answered with UNSUPPORTED_VERSION in the
 * layout of version 0 (KIP-511). Features with a lowest version of 0 may stand in version 4 only
 * (KAFKA-17011).
 */
export const ApiVersions = api({
  name: 'ApiVersions',
  key: 18,
  versions: '0-4',
  flexible: '3+',
  request: {
    clientSoftwareName: string({ versions: '3+' }),
    clientSoftwareVersion: string({ versions: '3+' }),
  },
  response: {
    errorCode: int16(),
    apiKeys: array({ apiKey: int16(), minVersion: int16(), maxVersion: int16() }),
    throttleTimeMs: throttleTimeMs('1+'),
    supportedFeatures: array(
      { name: string(), minVersion: int16(), maxVersion: int16() },
      { versions: '3+', tag: 0 },
    ),
    finalizedFeaturesEpoch: int64({ versions: '3+', tag: 1, default: -1 }),
    finalizedFeatures: array(
      { name: string(), maxVersionLevel: int16(), minVersionLevel: int16() },
      { versions: '3+', tag: 2 },
    ),
    zkMigrationReady: bool({ versions: '3+', tag: 3, default: false }),
  },
})
