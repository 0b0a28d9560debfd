import type { Draw } from './draw.ts'
import type { TextRecipe } from './schema-node.ts'
import { characterWeight } from './weights.ts'

const sevenBits = 128

/** A text of a recipe; what is longer than the shortest is paid for. */
export function drawText({ prefix, suffix, regex, length }: TextRecipe, draw: Draw): string {
  const weight = Math.max(characterWeight, regex?.walk ?? 0)
  const affordable = Math.floor(draw.spare / weight)
  let text: string
  if (regex === null) {
    const most = Math.min(length.max - 1, length.min + affordable)
    text = randomCharacters(length.min + draw.random.below(most - length.min + 1), draw)
    draw.spare -= (text.length - length.min) * weight
  } else {
    text = regex.text(draw.random, affordable)
    draw.spare -= Math.max(0, text.length - regex.lengthMin) * weight
  }
  return `${prefix}${text}${suffix}`
}

/** Control characters included, as the original does. */
function randomCharacters(length: number, draw: Draw): string {
  let text = ''
  for (let at = 0; at < length; at++) text += String.fromCharCode(draw.random.below(sevenBits))
  return text
}
