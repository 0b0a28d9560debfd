import { SaslAuthenticate } from '../protocol/messages/sasl-authenticate.ts'
import { signInHandler } from './context.ts'

/**
 * Carries one token of the SASL exchange. A refusal is answered before the connection ends: a
 * client whose connection ends without an answer takes it for a network error and tries for ever.
 * `sessionLifetimeMs` stays 0: a key is good until it is deleted (KIP-368).
 */
export const saslAuthenticate = signInHandler(SaslAuthenticate, (context, request) => {
  const result = context.signIn.authenticate(request.authBytes)
  if ('turnedAway' in result) {
    return { response: null, close: result.turnedAway }
  }
  const { errorCode, errorMessage, token, close } = result
  return {
    response: { errorCode, errorMessage, authBytes: token },
    ...(close === undefined ? {} : { close }),
  }
})
