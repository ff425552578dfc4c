/**
 * JavaScript libraries with publicly known faults: up to which version, and the number of the fault. Facts of the CVE list, gathered for this
 * program; it is not complete and does not age by itself.
 */

export interface JsLibrary {
  readonly name: string;
  /** As in addresses: "/NAME-1.2.3.min.js", "/NAME/1.2.3/", "NAME@1.2.3". */
  readonly file: string;
  /** What stands at the head of the file; its group is the version. */
  readonly banner?: RegExp;
  /** Ranges [from, below) with the fault, newest last. */
  readonly faults: readonly (readonly [from: string, below: string, cve: string])[];
}

const V = '(\\d+\\.\\d+(?:\\.\\d+)?)';

export const JS_LIBRARIES: readonly JsLibrary[] = [
  {
    name: 'jQuery',
    file: 'jquery',
    banner: new RegExp(`jQuery (?:JavaScript Library )?v${V}(?![\\d.])`),
    faults: [
      ['1.2', '3.5.0', 'CVE-2020-11022'],
      ['1.0', '1.9.0', 'CVE-2012-6708'],
      ['1.12.3', '3.0.0', 'CVE-2015-9251'],
      ['1.0', '3.4.0', 'CVE-2019-11358'],
    ],
  },
  {
    name: 'jQuery UI',
    file: 'jquery-ui|jquery\\.ui',
    banner: new RegExp(`jQuery UI (?:- )?v?${V}`),
    faults: [
      ['1.0', '1.13.2', 'CVE-2022-31160'],
      ['1.0', '1.13.0', 'CVE-2021-41184'],
    ],
  },
  {
    name: 'jQuery Validation',
    file: 'jquery[.-]validat(?:e|ion)',
    banner: new RegExp(`jQuery Validation Plugin (?:- )?v?${V}`),
    faults: [
      ['1.0', '1.19.5', 'CVE-2022-31147'],
      ['1.0', '1.20.0', 'CVE-2025-3573'],
    ],
  },
  {
    name: 'Bootstrap',
    file: 'bootstrap',
    banner: new RegExp(`Bootstrap v${V} \\(http`),
    faults: [
      ['2.0', '3.4.1', 'CVE-2019-8331'],
      ['4.0', '4.3.1', 'CVE-2019-8331'],
    ],
  },
  {
    name: 'AngularJS',
    file: 'angular(?:js)?',
    banner: new RegExp(`AngularJS v${V}`),
    faults: [
      ['1.0', '1.9.0', 'CVE-2022-25869'],
      ['1.0', '1.8.0', 'CVE-2020-7676'],
    ],
  },
  {
    name: 'Lodash',
    file: 'lodash',
    banner: new RegExp(`lodash ${V} `, 'i'),
    faults: [
      ['0.1', '4.17.21', 'CVE-2021-23337'],
      ['0.1', '4.17.12', 'CVE-2019-10744'],
    ],
  },
  {
    name: 'Underscore',
    file: 'underscore',
    banner: new RegExp(`Underscore\\.js ${V}`),
    faults: [['1.3.2', '1.12.1', 'CVE-2021-23358']],
  },
  {
    name: 'Moment',
    file: 'moment(?:-with-locales)?',
    banner: new RegExp(`//! moment\\.js\\s+//! version : ${V}`),
    faults: [
      ['1.0', '2.29.2', 'CVE-2022-24785'],
      ['2.18.0', '2.29.4', 'CVE-2022-31129'],
      ['1.0', '2.19.3', 'CVE-2017-18214'],
    ],
  },
  {
    name: 'Handlebars',
    file: 'handlebars(?:\\.runtime)?',
    banner: new RegExp(`handlebars v${V}`, 'i'),
    faults: [
      ['1.0', '4.7.7', 'CVE-2021-23369'],
      ['1.0', '4.5.3', 'CVE-2019-20920'],
    ],
  },
  {
    name: 'DOMPurify',
    file: 'dompurify|purify',
    banner: new RegExp(`DOMPurify ${V}`),
    faults: [
      ['0.1', '2.5.4', 'CVE-2024-45801'],
      ['3.0', '3.1.3', 'CVE-2024-45801'],
      ['3.1.3', '3.2.4', 'CVE-2025-26791'],
    ],
  },
  {
    name: 'Axios',
    file: 'axios',
    banner: new RegExp(`axios v${V}`, 'i'),
    faults: [
      ['0.1', '0.28.0', 'CVE-2023-45857'],
      ['1.0', '1.6.0', 'CVE-2023-45857'],
      ['1.0', '1.8.2', 'CVE-2025-27152'],
    ],
  },
  {
    name: 'Vue',
    file: 'vue',
    banner: new RegExp(`Vue\\.js v${V}`),
    faults: [
      ['2.0', '2.5.17', 'CVE-2018-6341'],
      ['2.0', '3.0.0', 'CVE-2024-9506'],
    ],
  },
  {
    name: 'React DOM',
    file: 'react-dom',
    faults: [
      ['16.0', '16.0.1', 'CVE-2018-6341'],
      ['16.1', '16.1.2', 'CVE-2018-6341'],
      ['16.2', '16.2.1', 'CVE-2018-6341'],
      ['16.3', '16.3.3', 'CVE-2018-6341'],
      ['16.4', '16.4.2', 'CVE-2018-6341'],
    ],
  },
  {
    name: 'Knockout',
    file: 'knockout',
    banner: new RegExp(`Knockout JavaScript library v${V}`),
    faults: [['1.0', '3.5.0', 'CVE-2019-14862']],
  },
  { name: 'Mustache', file: 'mustache', faults: [['0.1', '2.2.1', 'CVE-2015-8862']] },
  {
    name: 'Marked',
    file: 'marked',
    banner: new RegExp(`marked v?${V}? - a markdown parser`),
    faults: [['0.1', '4.0.10', 'CVE-2022-21680']],
  },
  {
    name: 'highlight.js',
    file: 'highlight(?:js)?',
    banner: new RegExp(`Highlight\\.js v?${V}`, 'i'),
    faults: [
      ['9.0', '9.18.2', 'CVE-2020-26237'],
      ['10.0', '10.1.2', 'CVE-2020-26237'],
    ],
  },
  {
    name: 'Dojo',
    file: 'dojo',
    faults: [
      ['1.0', '1.11.13', 'CVE-2021-23450'],
      ['1.12', '1.17.3', 'CVE-2021-23450'],
    ],
  },
  {
    name: 'Prototype',
    file: 'prototype',
    banner: new RegExp(`Prototype JavaScript framework, version ${V}`),
    faults: [['1.0', '1.7.4', 'CVE-2020-27511']],
  },
  {
    name: 'TinyMCE',
    file: 'tinymce',
    faults: [
      ['1.0', '5.10.9', 'CVE-2023-48219'],
      ['6.0', '6.7.3', 'CVE-2023-48219'],
    ],
  },
  { name: 'CKEditor', file: 'ckeditor4?', faults: [['4.0', '4.24.0', 'CVE-2024-24815']] },
  {
    name: 'Chart.js',
    file: 'chart(?:\\.js)?|Chart',
    banner: new RegExp(`Chart\\.js v${V}`),
    faults: [['1.0', '2.9.4', 'CVE-2020-7746']],
  },
  {
    name: 'DataTables',
    file: 'jquery\\.dataTables|datatables',
    banner: new RegExp(`DataTables ${V}`),
    faults: [
      ['1.0', '1.11.3', 'CVE-2021-23445'],
      ['1.0', '1.10.22', 'CVE-2020-28458'],
    ],
  },
  {
    name: 'Select2',
    file: 'select2',
    banner: new RegExp(`Select2 ${V}`),
    faults: [['3.0', '4.0.6', 'CVE-2016-10744']],
  },
  { name: 'Socket.IO client', file: 'socket\\.io', faults: [['1.0', '2.4.0', 'CVE-2020-28481']] },
  { name: 'Swagger UI', file: 'swagger-ui', faults: [['2.0', '3.23.11', 'CVE-2019-17495']] },
  {
    name: 'PDF.js',
    file: 'pdf',
    banner: new RegExp(`pdfjsVersion = ["']${V}`),
    faults: [['1.0', '4.2.67', 'CVE-2024-4367']],
  },
  {
    name: 'Video.js',
    file: 'video-?js|video',
    banner: new RegExp(`Video\\.js ${V}`),
    faults: [['1.0', '7.14.3', 'CVE-2021-23414']],
  },
  {
    name: 'Next.js',
    file: 'next',
    faults: [
      ['11.1.4', '12.3.5', 'CVE-2025-29927'],
      ['13.0', '13.5.9', 'CVE-2025-29927'],
      ['14.0', '14.2.25', 'CVE-2025-29927'],
      ['15.0', '15.2.3', 'CVE-2025-29927'],
    ],
  },
  {
    name: 'Backbone',
    file: 'backbone',
    banner: new RegExp(`Backbone\\.js ${V}`),
    faults: [['0.1', '1.2.0', 'CVE-2016-10537']],
  },
  { name: 'Ember', file: 'ember', faults: [['1.0', '3.24.7', 'CVE-2022-25857']] },
  { name: 'serialize-javascript', file: 'serialize-javascript', faults: [['1.0', '3.1.0', 'CVE-2020-7660']] },
];

const parts = (version: string) => version.split('.').map(Number);

/** Whether a version comes before another. */
export function isBelow(version: string, other: string): boolean {
  const [a, b] = [parts(version), parts(other)];
  for (let i = 0; i < 3; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** The faults of a version, by their numbers. */
export const faultsOf = ({ faults }: JsLibrary, version: string): string[] =>
  faults
    .filter(([from, below]) => !isBelow(version, from) && isBelow(version, below))
    .map(([, , cve]) => cve);
