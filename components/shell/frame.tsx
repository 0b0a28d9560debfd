import { cookies } from 'next/headers'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { paths } from '../../lib/paths.ts'
import { LearnButton } from '../learn/learn-button.tsx'
import { LearnPanel } from '../learn/learn-panel.tsx'
import { learnCookie } from '../learn/learn-store.ts'
import { Toaster } from '../ui/toaster.tsx'
import { Launcher } from './launcher.tsx'
import { Mark } from './mark.tsx'
import { MobileNav } from './mobile-nav.tsx'
import { UserMenu } from './user-menu.tsx'

/** The signed-in frame: top bar, navigation at the left, and the sheet with the page. */
export async function Frame({
  person,
  breadcrumb,
  nav,
  bootstrap,
  children,
}: {
  readonly person: { readonly name: string; readonly email: string }
  readonly breadcrumb: ReactNode
  readonly nav: ReactNode
  /** Where programs connect to. */
  readonly bootstrap: string
  readonly children: ReactNode
}) {
  const isLearning = (await cookies()).get(learnCookie)?.value === 'open'
  return (
    <div className="flex h-dvh flex-col bg-paper">
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 -translate-y-16 rounded-md bg-sheet px-3 py-2 focus:translate-y-0"
      >
        Skip to content
      </a>
      <header className="flex h-12 shrink-0 items-center gap-1 pr-3 pl-3 md:pl-4">
        <MobileNav>{nav}</MobileNav>
        <Link
          href={paths.home()}
          aria-label="Tributary, home"
          className="flex shrink-0 items-center gap-[9px] rounded-md pr-2 text-[15px] font-[650] tracking-[-0.015em] md:w-[42px] xl:w-[208px]"
        >
          <Mark />
          <span className="hidden xl:inline">Tributary</span>
        </Link>
        <div className="min-w-0 flex-1">{breadcrumb}</div>
        <Launcher bootstrap={bootstrap} />
        <LearnButton wasOpen={isLearning} />
        <UserMenu person={person} />
      </header>
      <div className="flex min-h-0 flex-1">
        <div className="hidden w-14 shrink-0 overflow-y-auto px-2 pt-1 pb-3 md:block xl:w-[220px] xl:px-3">
          {nav}
        </div>
        <main
          id="content"
          className="relative flex min-w-0 flex-1 flex-col overflow-y-auto border-t border-line bg-sheet md:rounded-tl-[10px] md:border-l"
        >
          {children}
        </main>
        <LearnPanel wasOpen={isLearning} />
      </div>
      <Toaster />
    </div>
  )
}
