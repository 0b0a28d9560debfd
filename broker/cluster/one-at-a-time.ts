/** Runs a task after every task given before it has ended, however it ended. */
export type Queue = <T>(task: () => Promise<T>) => Promise<T>

/**
 * Makes a queue that runs one task at a time, in the order given. A change to a tenant checks what
 * is there, commits, and then shows; two of them side by side would check the same state twice.
 */
export function oneAtATime(): Queue {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const run = last.then(task, task)
    last = run.catch(() => undefined)
    return run
  }
}
