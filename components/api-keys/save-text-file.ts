/** Saves a file that is made in the browser: its contents never travel back to the server. */
export function saveTextFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has taken hold of the blob by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
