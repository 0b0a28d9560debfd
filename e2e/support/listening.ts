/**
 * A page of the server's is drawn before its scripts run, and what is clicked or pressed until then
 * goes nowhere. A person waits for that without noticing; flows would race with it on a busy machine.
 * Pages from here on come to rest, listening, before `goto` and the like resolve.
 */
import type { BrowserContext, Page, Response } from '@playwright/test'

/** Every page of this context that is opened from now on waits until it listens. */
export function listeningContext(context: BrowserContext): BrowserContext {
  context.on('page', listeningPage)
  return context
}

/** `goto`, `reload`, `goBack` and `goForward` of this page resolve once it listens. */
export function listeningPage(page: Page): Page {
  const { goto, reload, goBack, goForward } = page
  page.goto = async (url, options) => settle(goto.call(page, url, options), options)
  page.reload = async (options) => settle(reload.call(page, options), options)
  page.goBack = async (options) => settle(goBack.call(page, options), options)
  page.goForward = async (options) => settle(goForward.call(page, options), options)

  async function settle(
    moving: Promise<Response | null>,
    options: { readonly waitUntil?: string } | undefined,
  ) {
    const response = await moving
    // Whoever asks for the first byte wants to look at what is there before any script.
    if (options?.waitUntil !== 'commit') await untilListening(page)
    return response
  }
  return page
}

/** Resolves once clicks and keys reach the page; at once where it has no scripts of the console. */
export async function untilListening(page: Page): Promise<void> {
  try {
    await page.evaluate(whenListening)
  } catch (error) {
    // It went on to another page, which is then the one to wait for.
    if (!String(error).includes('Execution context was destroyed')) throw error
    await page.waitForLoadState('domcontentloaded')
    await untilListening(page)
  }
}

/** Runs in the page. `waitForFunction` would not: the page's content policy forbids it to evaluate. */
function whenListening(): Promise<void> {
  function isListening(): boolean {
    if (document.readyState === 'loading') return false
    if (document.querySelector('script[src*="/_next/static/"]') === null) return true
    // Next's router takes the history over in its first effect, which runs after those of all parts.
    if (!Object.hasOwn(history, 'pushState')) return false
    // Parts that were sent later are woken later: React leaves its mark on each element as it does so.
    const controls = document.querySelectorAll('a[href], button, input, select, textarea')
    return [...controls].every((control) =>
      Object.keys(control).some((name) => name.startsWith('__reactFiber$')),
    )
  }
  return new Promise((resolve) => {
    function check() {
      if (isListening()) resolve()
      else setTimeout(check, 10)
    }
    check()
  })
}
