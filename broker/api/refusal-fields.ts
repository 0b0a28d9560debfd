import { errorCode, kafkaErrors, type Refusal } from '../errors.ts'

/** A refusal as the two fields in which most answers carry one. */
export function refusalFields(refusal: Refusal): {
  readonly errorCode: number
  readonly errorMessage: string
} {
  return {
    errorCode: errorCode(refusal.error),
    errorMessage: refusal.message ?? kafkaErrors[refusal.error].message,
  }
}

/** The same two fields where all went well. */
export const NO_REFUSAL = { errorCode: errorCode('NONE'), errorMessage: null } as const
