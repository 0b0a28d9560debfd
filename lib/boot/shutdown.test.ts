import { describe, expect, it } from 'vitest'
import { createShutdown } from './shutdown.ts'

describe('the shutdown', () => {
  it('stops in reverse, each once, however often it is asked', async () => {
    const stopped: string[] = []
    const shutdown = createShutdown()
    for (const name of ['lock', 'broker', 'console']) {
      shutdown.onStop(name, 1000, async () => void stopped.push(name))
    }
    await Promise.all([shutdown.run(), shutdown.run()])
    await shutdown.run()
    expect(stopped).toEqual(['console', 'broker', 'lock'])
  })

  it('goes on without what does not stop or cannot', async () => {
    const stopped: string[] = []
    const shutdown = createShutdown()
    shutdown.onStop('lock', 1000, () => void stopped.push('lock'))
    shutdown.onStop('broken', 1000, () => {
      throw new Error('broken on purpose')
    })
    shutdown.onStop('stuck', 1, () => new Promise(() => {}))
    await shutdown.run()
    expect(stopped).toEqual(['lock'])
  })
})
