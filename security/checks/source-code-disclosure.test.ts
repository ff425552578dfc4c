import { testCheck } from '../testing/test-check.ts';
import { sourceCodeDisclosure } from './source-code-disclosure.ts';

const PAGE = '200\nContent-Type: text/html\n\n';
const TEXT = '200\nContent-Type: text/plain\n\n';

testCheck(sourceCodeDisclosure, {
  finds: [
    `${PAGE}<html><?php $db = new PDO($dsn); echo $x; ?>`,
    `${TEXT}<?php require 'x.php';`,
    `${PAGE}<p><%@ page import="java.util.*" %></p>`,
    `${TEXT}import os\nfrom flask import Flask\ndef run(a):\nreturn a`,
    `${TEXT}package com.acme.shop;\nimport java.util.List;\npublic class Cart {}`,
    `${TEXT}const express = require('express')\nconst app = express()\napp.get('/', f)`,
    `${TEXT}CREATE TABLE users (\nid int\n);\n`,
  ],
  passes: [
    `${PAGE}<pre>&lt;?php echo $x; ?&gt;</pre>`,
    `${PAGE}<pre>import os\ndef run(a):\n  return a</pre>`,
    '200\nContent-Type: application/javascript\n\nconst a = require("fs"); module.exports = a',
    '200\nContent-Type: application/json\n\n{"code":"<?php echo $x; ?>"}',
    '200\nContent-Type: application/xml\n\n<?xml version="1.0"?><a/>',
    `${TEXT}package holidays for everyone; import taxes are included`,
    `${PAGE}<script type="text/template"><p><%= name %></p></script>`,
    '200\nContent-Type: text/css\n\na{b:c}',
  ],
});
