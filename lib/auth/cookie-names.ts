import { consoleSettings } from '../env.ts'

/**
 * Cookies carry the installation's name: all programs on `localhost` share one cookie jar, whatever
 * their port, and two Tributaries would otherwise sign each other out.
 */
export function cookieNames() {
  const { installation, consoleUrl } = consoleSettings()
  const prefix = `tributary-${installation}`
  return {
    session: `${prefix}.session`,
    csrf: `${prefix}.csrf`,
    callback: `${prefix}.callback`,
    secure: consoleUrl.startsWith('https:'),
  }
}

/** How long a sign-in lasts, unless it is ended by signing out. */
export const sessionSecondsMax = 30 * 24 * 60 * 60
