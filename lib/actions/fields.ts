import { z } from 'zod'

/** Text for which a rule of `broker/rules` has no complaint; its sentence stands at the field. */
export function checked(problem: (text: string) => string | null): z.ZodType<string, string> {
  return z.string().check((context) => {
    const sentence = problem(context.value)
    if (sentence !== null) {
      context.issues.push({ code: 'custom', message: sentence, input: context.value })
    }
  })
}
