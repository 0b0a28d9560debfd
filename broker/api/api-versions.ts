import { kafkaErrors } from '../errors.ts'
import { ApiVersions } from '../protocol/messages/api-versions.ts'
import { signInHandler } from './context.ts'

/** Letters and digits, with dots and hyphens between them (KIP-511). */
const SOFTWARE = /^[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?$/

/**
 * Tells which APIs and versions are answered. Legal at any time, before sign-in and again. A
 * version above ours never comes here: `dispatch.ts` answers it with version 0 and the same list.
 */
export const apiVersions = signInHandler(ApiVersions, (context, request) => {
  const { clientSoftwareName: name, clientSoftwareVersion: version } = request
  if (context.apiVersion >= 3) {
    if (!SOFTWARE.test(name) || !SOFTWARE.test(version)) {
      return { response: { errorCode: kafkaErrors.INVALID_REQUEST.code, apiKeys: [] } }
    }
    context.nameSoftware(name, version)
  }
  return { response: { errorCode: kafkaErrors.NONE.code, apiKeys: [...context.advertised] } }
})
