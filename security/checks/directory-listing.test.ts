import { testCheck } from '../testing/test-check.ts';
import { directoryListing } from './directory-listing.ts';

const PAGE = '200\nContent-Type: text/html\n\n';

testCheck(directoryListing, {
  finds: [
    `${PAGE}<html><head>«<title>Index of /backup</title>»</head>`,
    `${PAGE}«<title>Directory listing for /</»title>`,
    `${PAGE}<pre><A HREF="/">«[To Parent Directory]</A>»`,
    '200\nContent-Type: application/xml\n\n<?xml version="1.0"?>\n«<ListBucketResult xmlns="http://s3.amazonaws».com/doc/2006-03-01/">',
  ],
  passes: [
    '200\nContent-Type: application/rss+xml\n\n<rss><title>Index of /things</title>',
    `${PAGE}<title>Index of names</title>`,
    `${PAGE}<p>Index of /backup</p>`,
    '404\nContent-Type: text/html\n\n<title>Index of /backup</title>',
    '200\nContent-Type: application/json\n\n{"title":"<title>Index of /</title>"}',
  ],
});
