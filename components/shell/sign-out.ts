import { signOut } from '../../lib/actions/account.ts'
import { paths } from '../../lib/paths.ts'

export async function signOutAndLeave(): Promise<void> {
  try {
    await signOut({})
  } finally {
    leave()
  }
}

/** A full load: nothing of the signed-in pages may stay in the router's cache. */
export function leave(): void {
  location.assign(paths.signIn())
}
