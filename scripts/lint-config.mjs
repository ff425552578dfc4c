// writes biome.json from the import table
import fs from 'node:fs';
const rooms=['model','certs','proxy-core','store','formats','security','host','renderer','electron','e2e','bench'];
const may={model:[],certs:['model'],store:['model'],formats:['model'],security:['model'],'proxy-core':['model','certs'],host:['model','certs','proxy-core','store','formats','security'],renderer:['model','formats'],electron:['model','host'],e2e:['model','proxy-core'],bench:['model','proxy-core']};
const overrides=[];
const nodeOnly=[];
for(const r of rooms){
  const no=rooms.filter(x=>x!==r&&!may[r].includes(x));
  const group=no.flatMap(x=>[`#${x}/**`,`../**/${x}/**`]);
  const patterns=[{group:[...group],message:`${r}/ may import ${may[r].length?may[r].join(', '):'no other room'} (ARCHITECTURE, who may import whom)`}];
  const rel=rooms.filter(x=>x!==r&&may[r].includes(x)).map(x=>`../**/${x}/**`);
  if(rel.length)patterns.push({group:rel,message:'reach another room by its # name, not by a relative path'});
  if(r==='e2e'||r==='bench')patterns.push({group:['#proxy-core/**','!#proxy-core/testing/**'],message:`${r}/ sees the program from outside: of proxy-core only testing/`});
  if(r==='model')patterns.push({group:['**','!zod','!zod/**','!re2js','!./**','!../**'],message:'model/ is pure: zod and re2js alone'});
  if(r==='renderer')patterns.push({group:['node:*'],message:'renderer/ runs in a browser: no node:*'});
  const paths={};
  if(r!=='certs')paths['node-forge']='node-forge only in certs/';
  if(r!=='store')paths['node:sqlite']='SQLite only in store/';
  if(r!=='electron')paths['electron']='electron only in electron/';
  paths['http-mitm-proxy']='http-mitm-proxy only in its one adapter, proxy-core/engine/http-mitm-proxy/adapter.ts';
  overrides.push({includes:[`${r}/**`],linter:{rules:{style:{noRestrictedImports:{level:'error',options:{paths,patterns}}}}}});
  if(!['e2e','bench','proxy-core'].includes(r)){const noT=rooms.filter(x=>x!==r&&!may[r].includes(x)&&x!=='proxy-core');const g=[...noT.flatMap(x=>[`#${x}/**`,`../**/${x}/**`]),...(may[r].includes('proxy-core')?[]:['#proxy-core/**','!#proxy-core/testing/**'])];overrides.push({includes:[`${r}/**/*.test.ts`],linter:{rules:{style:{noRestrictedImports:{level:'error',options:{paths,patterns:[{group:g,message:`tests of ${r}/ may import what ${r}/ may, and proxy-core/testing`}]}}}}}});}
  if(r==='proxy-core'){const p={...paths};delete p['http-mitm-proxy'];overrides.push({includes:['proxy-core/engine/http-mitm-proxy/adapter.ts'],linter:{rules:{style:{noRestrictedImports:{level:'error',options:{paths:p,patterns}}}}}});}
}
const cfg={$schema:'./node_modules/@biomejs/biome/configuration_schema.json',
 vcs:{enabled:true,clientKind:'git',useIgnoreFile:true},
 files:{includes:['**','!**/dist','!package-lock.json','!**/*.snap']},
 formatter:{indentStyle:'space',indentWidth:2,lineWidth:110},
 javascript:{formatter:{quoteStyle:'single',semicolons:'always',trailingCommas:'all'}},
 linter:{rules:{recommended:true,
  style:{noDefaultExport:'error',useFilenamingConvention:{level:'error',options:{strictCase:false,requireAscii:true,filenameCases:['kebab-case','PascalCase']}},noNonNullAssertion:'error',useImportType:'error',useNodejsImportProtocol:'error'},
  suspicious:{noExplicitAny:'error',noConsole:'error'},
  correctness:{noUnusedImports:'error',noUnusedVariables:'error'}}},
 overrides:[...overrides,
  {includes:['**/*.config.ts','scripts/**','**/vite.config.ts'],linter:{rules:{style:{noDefaultExport:'off'},suspicious:{noConsole:'off'}}}},
  {includes:['bench/**'],linter:{rules:{suspicious:{noConsole:'off'}}}}]};
fs.writeFileSync('biome.json',JSON.stringify(cfg,null,2)+'\n');
