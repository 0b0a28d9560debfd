import { expect, it } from 'vitest'
import { createSignIn } from '../network/sasl.ts'
import { apiVersions } from './api-versions.ts'

it('ApiVersions remembers no more of a software name than a log line shows', () => {
  const names: string[] = []
  const context = {
    signIn: createSignIn({
      authenticate: () => null,
      local: true,
      refusal: () => null,
      admit: () => null,
      claimOf: () => null,
    }),
    apiVersion: 3,
    advertised: [],
    nameSoftware: (...given: readonly string[]) => names.push(...given),
  }
  const { response } = apiVersions.handle(context, {
    clientSoftwareName: 'x'.repeat(500_000),
    clientSoftwareVersion: '1.2.3',
  })
  expect(response?.errorCode).toBe(0)
  expect(names).toEqual(['x'.repeat(80), '1.2.3'])
})
