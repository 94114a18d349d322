/** Which browser this is, as far as it matters where the camera is allowed, and what it lacks. */
import type { Why } from '../../core/face_check';

export type Family =
  | 'wechat_android'
  | 'wechat_ios'
  | 'safari_ios'
  | 'huawei'
  | 'chinese_android'
  | 'chrome_android'
  | 'firefox'
  | 'chinese_desktop'
  | 'safari_mac'
  | 'desktop';

/** In this order: many of these also name the ones below them. */
const SIGNS: readonly (readonly [Family, RegExp])[] = [
  ['wechat_ios', /MicroMessenger.*(iPhone|iPad)|(iPhone|iPad).*MicroMessenger/],
  ['wechat_android', /MicroMessenger/],
  ['huawei', /HuaweiBrowser|ArkWeb|HarmonyOS/],
  ['safari_ios', /iPhone|iPad/],
  [
    'chinese_android',
    /Android.*(MQQBrowser|UCBrowser|QihooBrowser|360|Baidu|MiuiBrowser|VivoBrowser|HeyTapBrowser)/,
  ],
  ['firefox', /Firefox/],
  ['chrome_android', /Android/],
  ['chinese_desktop', /QQBrowser|UBrowser|UCBrowser|360SE|360EE|QIHU|MetaSr|LBBROWSER/],
  ['safari_mac', /Macintosh(?!.*Chrome).*Safari/],
];

/** Returns the family that a browser says it belongs to. An iPad says that it is a Mac, but no Mac can be touched. */
export function familyOf(agent: string, touches = 0): Family {
  const family = SIGNS.find(([, sign]) => sign.test(agent))?.[0] ?? 'desktop';
  return family === 'safari_mac' && touches > 1 ? 'safari_ios' : family;
}

/** Returns what makes a check impossible here before anything is tried; null if nothing does. */
export function missingHere(): Why | null {
  if (window.isSecureContext === false) return 'insecure';
  return hasAll() ? null : 'old_browser';
}

function hasAll(): boolean {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const draws = typeof HTMLCanvasElement.prototype.toBlob === 'function';
  return typeof devices?.getUserMedia === 'function' && typeof WebSocket === 'function' && draws;
}
