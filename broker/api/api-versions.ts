import { kafkaErrors } from '../errors.ts'
import { ApiVersions } from '../protocol/messages/api-versions.ts'
import { signInHandler } from './context.ts'

/** Letters and digits, with dots and hyphens between them (KIP-511). */
const SOFTWARE = /^[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?$/

/** A stranger may send 512 KiB of either; each connection keeps no more than a log line shows. */
const REMEMBERED_LENGTH = 80

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
    context.nameSoftware(name.slice(0, REMEMBERED_LENGTH), version.slice(0, REMEMBERED_LENGTH))
  }
  return { response: { errorCode: kafkaErrors.NONE.code, apiKeys: [...context.advertised] } }
})
