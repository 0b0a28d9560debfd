// An online game: rooms, players and what players score; activity joins with players on
// `player_id` and with games on `game_room_id` = `id`.
//
// The reference is silent on record names: the namespace is the family, the name is the id.

import type { AvroSchemaJson, AvroType, DatagenTemplate } from './avro-schema.ts'
import { distinct, drawFor, itemAt, words } from './draw.ts'
import { quads } from './ip-addresses.ts'

const roomIds: AvroType = { type: 'int', 'arg.properties': { range: { min: 1000, max: 5000 } } }

const players = { idFirst: 1001, count: 100 }

const rooms = ['Arcade', 'Survival', 'Classic'].flatMap((game) =>
  ['Rookie', 'Skilled', 'Expert'].map((level) => `${game} -- ${level}`),
)

const games: AvroSchemaJson = {
  type: 'record',
  namespace: 'gaming',
  name: 'gaming_games',
  fields: [
    { name: 'id', type: roomIds },
    { name: 'room_name', type: { type: 'string', 'arg.properties': { options: rooms } } },
    {
      name: 'created_date',
      type: {
        type: 'long',
        logicalType: 'timestamp-millis',
        'arg.properties': { iteration: { start: 1609459200000, step: 100000 } },
      },
    },
  ],
}

const playerSchema: AvroSchemaJson = {
  type: 'record',
  namespace: 'gaming',
  name: 'gaming_players',
  fields: [
    { name: 'player_id', type: 'int' },
    { name: 'player_name', type: 'string' },
    { name: 'ip', type: 'string' },
  ],
  'arg.properties': { options: playerRows() },
}

function playerRows() {
  const draw = drawFor('players')
  const tempers = words('Brave Crimson Dizzy Electric Feral Gentle Hollow Iron Lucky Silent Turbo')
  const animals = words('Badger Condor Ferret Gecko Heron Lynx Marlin Otter Puffin Raven Stoat')
  const names = distinct(
    players.count,
    () => `${draw.one(tempers)}${draw.one(animals)}${draw.whole({ min: 1, max: 99 })}`,
  )
  const addresses = quads(players.count, draw)
  return names.map((name, index) => ({
    player_id: players.idFirst + index,
    player_name: name,
    ip: itemAt(addresses, index),
  }))
}

const activity: AvroSchemaJson = {
  type: 'record',
  namespace: 'gaming',
  name: 'gaming_player_activity',
  fields: [
    {
      name: 'player_id',
      type: {
        type: 'int',
        'arg.properties': {
          range: { min: players.idFirst, max: players.idFirst + players.count },
        },
      },
    },
    { name: 'game_room_id', type: roomIds },
    { name: 'points', type: { type: 'int', 'arg.properties': { range: { min: 10, max: 500 } } } },
    {
      name: 'coordinates',
      type: { type: 'string', 'arg.properties': { regex: '\\[[0-9][0-9],[0-9][0-9]\\]' } },
    },
  ],
}

export const gamingGamesTemplate: DatagenTemplate = {
  id: 'GAMING_GAMES',
  title: 'Gaming: games',
  description: 'Rooms of an online game with their level.',
  keyField: 'id',
  schema: games,
}

export const gamingPlayersTemplate: DatagenTemplate = {
  id: 'GAMING_PLAYERS',
  title: 'Gaming: players',
  description: 'A hundred players of an online game.',
  keyField: 'player_id',
  schema: playerSchema,
}

export const gamingPlayerActivityTemplate: DatagenTemplate = {
  id: 'GAMING_PLAYER_ACTIVITY',
  title: 'Gaming: player activity',
  description: 'Points that players score, and where in which room.',
  keyField: 'player_id',
  schema: activity,
}
