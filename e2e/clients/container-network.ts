/**
 * A network of its own with a way to this machine and a name for it, as a container has one: what
 * Docker makes with `--add-host=host.docker.internal:host-gateway`, out of the same parts of Linux.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'

export interface ContainerNetwork {
  /** Stands before a command that is to run inside. */
  readonly prefix: readonly string[]
  remove(): void
}

/** Whether this machine and this user can make one; nothing is left of the try. */
export function canMakeNetworks(): boolean {
  const made = createContainerNetwork()
  made?.remove()
  return made !== null
}

/** Null where this machine or this user cannot make one. */
export function createContainerNetwork(): ContainerNetwork | null {
  const name = `trib${process.pid}`
  // Reserved for measurements between networks (RFC 2544), so that nobody else has it.
  const [outside, inside] = ['198.18.231.1', '198.18.231.2']
  const names = `/etc/netns/${name}`
  const ip = (...words: string[]) => spawnSync('ip', words).status === 0
  function remove() {
    ip('netns', 'del', name)
    rmSync(names, { recursive: true, force: true })
  }
  const isMade =
    ip('netns', 'add', name) &&
    ip('link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name) &&
    ip('addr', 'add', `${outside}/30`, 'dev', name) &&
    ip('link', 'set', name, 'up') &&
    ip('-n', name, 'addr', 'add', `${inside}/30`, 'dev', 'eth0') &&
    ip('-n', name, 'link', 'set', 'eth0', 'up') &&
    ip('-n', name, 'link', 'set', 'lo', 'up')
  if (!isMade) {
    remove()
    return null
  }
  mkdirSync(names, { recursive: true })
  writeFileSync(`${names}/hosts`, `127.0.0.1 localhost\n${outside} host.docker.internal\n`)
  return { prefix: ['ip', 'netns', 'exec', name], remove }
}
