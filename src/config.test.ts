import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('without a setting everything has a default', () => {
  expect(readConfig({})).toMatchObject({ port: 4715, host: '127.0.0.1', publicAddress: null, databaseUrl: null, allowLoopback: false, logLevel: 'info' })
})

test('settings are read, and slashes at the end of an address dropped', () => {
  expect(
    readConfig({ LAGERBRO_PORT: '0', LAGERBRO_PUBLIC_ADDRESS: 'https://lager.example.se/shop/', LAGERBRO_DATA_DIR: '/var/lib/lagerbro', LAGERBRO_ALLOW_LOOPBACK: 'yes' }),
  ).toMatchObject({
    port: 0,
    publicAddress: 'https://lager.example.se/shop',
    dataDir: '/var/lib/lagerbro',
    allowLoopback: true,
  })
})

test('what is wrong is said with the name of the setting', () => {
  expect(() => readConfig({ LAGERBRO_PORT: '99999' })).toThrow('LAGERBRO_PORT')
  expect(() => readConfig({ LAGERBRO_PUBLIC_ADDRESS: 'lager.example.se' })).toThrow('LAGERBRO_PUBLIC_ADDRESS')
  expect(() => readConfig({ LAGERBRO_LOG_LEVEL: 'loud' })).toThrow('LAGERBRO_LOG_LEVEL')
  expect(() => readConfig({ DATABASE_APP_URL: 'postgres://x' })).toThrow('DATABASE_URL')
})

test('T2: the key may not lie in the data folder', () => {
  expect(() => readConfig({ LAGERBRO_DATA_DIR: '/srv/lager', LAGERBRO_KEY_FILE: '/srv/lager/key' })).toThrow('inside the data folder')
})
