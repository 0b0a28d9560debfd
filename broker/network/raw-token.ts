import type { SignIn } from '../api/context.ts'
import type { Call } from '../api/dispatch.ts'

/**
 * A bare SASL token, as it follows a SaslHandshake v0: the frame is the token, without a header, and
 * so is the answer. PLAIN's answer is empty; a refusal has no form of its own, so the connection
 * ends. kafka-python before 2.1 and other old clients sign in this way.
 */
export function answerRawToken(signIn: SignIn, frame: Buffer): Call {
  const result = signIn.authenticate(frame)
  const name = 'a SASL token without header'
  if ('turnedAway' in result) {
    return { name, deadlineMs: 0, answer: { segments: [], close: `${result.turnedAway}; closed` } }
  }
  const { token, close } = result
  if (close !== undefined) {
    return { name, deadlineMs: 0, answer: { segments: [], close: `${close}; closed` } }
  }
  const prefix = Buffer.alloc(4)
  prefix.writeInt32BE(token.length)
  return { name, deadlineMs: 0, answer: { segments: [prefix, token] } }
}
