import type { SignIn } from '../api/context.ts'
import type { Call } from '../api/dispatch.ts'
import { SaslAuthenticate } from '../protocol/messages/sasl-authenticate.ts'

/**
 * A bare SASL token, as it follows a SaslHandshake v0: the frame is the token, without a header, and
 * so is the answer. PLAIN's answer is empty; a refusal has no form of its own, so the connection
 * ends. kafka-python before 2.1 and other old clients sign in this way.
 */
export function answerRawToken(signIn: SignIn, frame: Buffer): Call {
  const result = signIn.authenticate(frame)
  const name = 'a SASL token without header'
  const apiKey = SaslAuthenticate.key
  if ('turnedAway' in result) {
    return { name, apiKey, deadlineMs: 0, answer: { segments: [], close: result.turnedAway } }
  }
  const { token, close } = result
  if (close !== undefined) {
    return { name, apiKey, deadlineMs: 0, answer: { segments: [], close } }
  }
  const prefix = Buffer.alloc(4)
  prefix.writeInt32BE(token.length)
  return { name, apiKey, deadlineMs: 0, answer: { segments: [prefix, token] } }
}
