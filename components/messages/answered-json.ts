/**
 * Asks one of the console's own route handlers; rejects with an `Error` whose message is a sentence
 * for the page.
 */
export async function answeredJson<Value>(url: string, signal?: AbortSignal): Promise<Value> {
  const answer = await answered(url, signal)
  // The handler's own type is what the caller names; both are of the same build.
  return (await answer.json()) as Value
}

export async function answered(url: string, signal?: AbortSignal): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(url, { cache: 'no-store', ...(signal && { signal }) })
  } catch {
    throw new Error('The console does not answer.')
  }
  if (answer.ok) return answer
  throw new Error(await sentenceOf(answer))
}

async function sentenceOf(answer: Response): Promise<string> {
  if (answer.status === 401) return 'You are signed out. Log in to go on.'
  if (answer.status === 404) return 'This topic or message no longer exists.'
  try {
    return String((await answer.json()).error.message)
  } catch {
    return `The console answered ${answer.status}.`
  }
}
