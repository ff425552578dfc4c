/**
 * User names and passwords that products are shipped with, as their vendors' public manuals give them. Facts, gathered for this program and
 * under its licence (MIT). "user:password", lower case; compared without regard to case.
 */

const PAIRS = `admin:admin admin:password admin:1234 admin:12345 admin:123456 admin:changeme admin:admin123 admin:admin1 admin:default admin:secret
admin:pass admin:letmein admin:welcome admin:password1 admin:password123 admin:p@ssw0rd admin:passw0rd admin:qwerty admin:test admin:root
admin:administrator admin:motorola admin:netgear admin:comcast admin:cisco admin:ubnt admin:zabbix admin:axis2 admin:tomcat admin:nexus
admin:opencart admin:demo admin:geoserver admin:pfsense admin:epicrouter admin:smcadmin admin:synnet admin:sky admin:barney admin:radware
admin:jboss admin:adminadmin admin:quest admin:conexant admin:microbusiness admin:airlive admin:jvc admin:meinsm admin:4321 admin:9999
admin:bintec admin:hello admin:system admin:manager admin:infrant1 admin:nimda admin:0000 admin:1111 admin:111111 admin:superuser admin:master
administrator:administrator administrator:admin administrator:password administrator:changeme administrator:1234 administrator:123456
root:root root:toor root:admin root:password root:calvin root:changeme root:1234 root:12345 root:123456 root:pass root:default root:alpine
root:vizxv root:xc3511 root:dreambox root:ubnt root:vagrant root:raspberry root:mysql root:secret root:owaspbwa root:nagiosxi root:tini
guest:guest guest:password guest:1234 user:user user:password user:1234 user:123456 user:pass user1:password1 test:test test:test123
test:password test:1234 test:123456 demo:demo demo:password demo:1234 operator:operator operator:1234 support:support support:1234
service:service service:smile tech:tech manager:manager manager:friend supervisor:supervisor supervisor:visor system:system system:manager
sysadmin:sysadmin sysadmin:password superadmin:superadmin super:super monitor:monitor public:public anonymous:anonymous
tomcat:tomcat tomcat:s3cret tomcat:changethis both:tomcat role1:tomcat manager:s3cret j2deployer:j2deployer ovwebusr:ovw*busr1 cxsdk:kdsxc
weblogic:weblogic weblogic:weblogic1 weblogic:welcome1 weblogic:welcome(1) glassfish:adminadmin jboss:jboss websphere:websphere wasadmin:wasadmin
postgres:postgres postgres:password postgres:admin mysql:mysql sa:sa sa:password sa:password123 sys:change_on_install sys:oracle system:oracle
scott:tiger dbsnmp:dbsnmp outln:outln oracle:oracle db2admin:db2admin db2inst1:db2inst1 mongo:mongo mongoadmin:secret couchdb:couchdb
elastic:changeme kibana:changeme logstash:changeme elastic:elastic neo4j:neo4j neo4j:password rabbitmq:rabbitmq redis:redis cassandra:cassandra
minioadmin:minioadmin minio:minio123 grafana:grafana zabbix:zabbix nagios:nagios nagiosadmin:nagios nagiosadmin:nagiosadmin
jenkins:jenkins gitlab:gitlab root:5ivel!fe sonar:sonar deployer:deployer admin:admin@123 airflow:airflow superset:superset kibanaadmin:kibanaadmin
pi:raspberry ubnt:ubnt cisco:cisco vagrant:vagrant ec2-user:ec2-user ubuntu:ubuntu debian:debian osmc:osmc kali:kali alpine:alpine nao:nao
ftp:ftp ftpuser:ftpuser ftpuser:password apc:apc device:apc hp:hp lp:lp netscreen:netscreen 3comcso:rip000 cmaker:cmaker d-link:d-link
wordpress:wordpress drupal:drupal joomla:joomla magento:magento admin:magento123 typo3:typo3 admin:joomla bitnami:bitnami user:bitnami
keycloak:keycloak openhabian:openhabian karaf:karaf smx:smx activemq:activemq artemis:artemis hue:hue hdfs:hdfs hadoop:hadoop spark:spark
dvwa:dvwa gordonb:abc123 webgoat:webgoat bee:bug mutillidae:mutillidae admin:adminpass tester:tester dev:dev developer:developer
backup:backup web:web www:www info:info office:office sales:sales student:student trainer:trainer teacher:teacher`;

const ALL = new Set(PAIRS.split(/\s+/));

/** Whether products are shipped with this pair. */
export const isDefaultPair = (user: string, password: string) =>
  user.length + password.length < 64 && ALL.has(`${user.toLowerCase()}:${password.toLowerCase()}`);
