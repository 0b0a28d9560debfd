import { SaslHandshake } from '../protocol/messages/sasl-handshake.ts'
import { signInHandler } from './context.ts'

/** Begins a sign-in: v0 announces bare tokens, v1 SaslAuthenticate requests (KIP-152). */
export const saslHandshake = signInHandler(SaslHandshake, (context, request) => {
  const { errorCode, mechanisms, close } = context.signIn.handshake(
    request.mechanism,
    context.apiVersion,
  )
  return { response: { errorCode, mechanisms }, ...(close === undefined ? {} : { close }) }
})
