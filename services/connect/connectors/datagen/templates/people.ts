// People who do not exist: first and last names, put together by chance.

import { type Draw, distinct, words } from './draw.ts'

export interface Person {
  readonly firstName: string
  readonly lastName: string
  readonly gender: 'female' | 'male'
}

/** So many people, no two with the same full name. */
export function people(count: number, draw: Draw): readonly Person[] {
  const names = distinct(count, () => `${draw.one(firstNames)} ${draw.one(lastNames)}`)
  return names.map((name) => {
    const [firstName = '', lastName = ''] = name.split(' ')
    return { firstName, lastName, gender: women.has(firstName) ? 'female' : 'male' }
  })
}

export function fullNames(count: number, draw: Draw): readonly string[] {
  return people(count, draw).map(({ firstName, lastName }) => `${firstName} ${lastName}`)
}

/** An address in a domain that is set aside for examples (RFC 2606). */
export function emailOf({ firstName, lastName }: Person): string {
  return `${firstName}.${lastName}@example.com`.toLowerCase()
}

const women = new Set(
  words(`
    Adele Beatriz Carmen Dagny Edith Farida Greta Hanna Ingrid Jolene Kaya Leonie Maeve Nadia
    Odette Paloma Quinn Rosalind Saskia Tamsin Uma Verena Wilma Xenia Yasmin Zelda Amara Bettina
    Corinne Delphine Esme Freya Giulia Helga Imani Jette Katrin Lucinda Mirela Noor`),
)

const men = words(`
  Anton Bertram Caspar Dario Emil Felix Gustav Hugo Ivo Jasper Kofi Lorenz Matteo Nils Otis
  Pascal Quentin Rufus Silas Tomas Ugo Viktor Walter Xavier Yusuf Zoltan Alaric Benno Cyril
  Dimitri Edgar Fabian Gideon Henrik Igor Joaquin Kjell Leander Marius Niklas`)

const firstNames = [...women, ...men]

const lastNames = words(`
  Abbott Albrecht Almeida Ashdown Barlow Bastos Beckwith Bergstrom Blythe Calloway Castellano
  Chandra Corrigan Dalgaard Delacroix Dunmore Eberle Eklund Fairchild Falk Fontaine Gallardo
  Garrick Goodwin Haddad Hargrove Hawthorne Ibarra Ives Jansson Jovanovic Kaminski Keating
  Kowalczyk Lachance Lindqvist Lockhart Marchetti Mbeki Moreau Nakamura Novotny Oduya Okafor
  Ormond Paredes Pemberton Petrov Quigley Ramsey Ravenel Rosenthal Salgado Sorensen Stanhope
  Tanaka Thorne Trelawny Ueda Underhill Vance Villanueva Wakefield Whitlock Yilmaz Zamora`)
