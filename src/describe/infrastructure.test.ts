// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files that are read here hold variables.
import { describe, expect, it } from 'vitest';
import { told } from '../../test/deployment-text.js';

describe('what infrastructure is made of', () => {
  it('reads ECS: a task definition', async () => {
    const { lines, purpose, why, problems } = await told({
      'task.json': [
        '{',
        '  "family": "shop",',
        '  "volumes": [{ "name": "efs", "efsVolumeConfiguration": { "fileSystemId": "fs" } }, { "name": "tmp" }],',
        '  "containerDefinitions": [{',
        '    "name": "api", "image": "123.dkr.ecr.eu-west-1.amazonaws.com/shop:1",',
        '    "entryPoint": ["sh", "-c"], "command": ["npm run migrate && node server.js"],',
        '    "environment": [{ "name": "NODE_ENV", "value": "production" }],',
        '    "secrets": [{ "name": "TOKEN", "valueFrom": "arn" }],',
        '    "portMappings": [{ "containerPort": 3000, "hostPort": 80 }],',
        '    "mountPoints": [{ "sourceVolume": "efs", "containerPath": "/data" }, { "sourceVolume": "tmp", "containerPath": "/tmp", "readOnly": true }],',
        '    "healthCheck": { "command": ["CMD-SHELL", "curl -f http://localhost:3000/health || exit 1"] },',
        '    "stopTimeout": 60, "linuxParameters": { "initProcessEnabled": true }',
        '  }]',
        '}',
        '',
      ].join('\n'),
      'package.json': { name: 'shop' },
    });
    expect(`${purpose}: ${why}`).toBe('production: it sets NODE_ENV to `production`');
    expect(lines).toEqual([
      'task api: web, own @5:13',
      '  image 123.dkr.ecr.eu-west-1.amazonaws.com/shop:1 @5:29',
      '  NODE_ENV=production @7:21',
      '  TOKEN=? @8:17',
      '  volume /data: shared, keeps (efs) @3:15',
      '  volume /tmp: instance, read only (tmp) @3:86',
      '  probe health /health by `curl -f http://localhost:3000/health; exit 1` @11:20',
      '  grace 60 @12:20',
      '  init true @12:67',
      '  port 80:3000 @9:59',
      '  start (shell) @6:20',
      '    npm run migrate @6:46',
      '    node server.js @6:65',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads ECS: a service', async () => {
    const { lines, purpose, why, problems } = await told({
      'service.json': [
        '{ "serviceName": "shop", "taskDefinition": "shop:3", "desiredCount": 2,',
        '  "deploymentConfiguration": { "maximumPercent": 200, "minimumHealthyPercent": 50 } }',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: it is registered with ECS');
    expect(lines).toEqual([
      'service shop: unknown, whose? @1:18',
      '  instances {"min":2,"max":2} @1:70',
      '  update rolling @2:50, surge 100% @2:50, unavailable 50% @2:80',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads CloudFormation: a service with its task, and its balancer', async () => {
    const { lines, purpose, why, problems } = await told({
      'stack.yaml': [
        "AWSTemplateFormatVersion: '2010-09-09'",
        'Resources:',
        '  Task:',
        '    Type: AWS::ECS::TaskDefinition',
        '    Properties:',
        '      ContainerDefinitions:',
        '        - Name: api',
        "          Image: !Sub '${Repo}/shop'",
        '          Command: [node, server.js]',
        '  Service:',
        '    Type: AWS::ECS::Service',
        '    Properties:',
        '      TaskDefinition: !Ref Task',
        '      DesiredCount: 1',
        '      DeploymentConfiguration: { MaximumPercent: 100, MinimumHealthyPercent: 0 }',
        '  Scaling:',
        '    Type: AWS::ApplicationAutoScaling::ScalableTarget',
        '    Properties:',
        '      MinCapacity: 2',
        '      MaxCapacity: !Ref Most',
        "      ResourceId: !Join ['/', [service, a, !GetAtt Service.Name]]",
        '  Group:',
        '    Type: AWS::AutoScaling::AutoScalingGroup',
        "    Properties: { MinSize: '1', MaxSize: '3' }",
        '  Target:',
        '    Type: AWS::ElasticLoadBalancingV2::TargetGroup',
        '    Properties:',
        '      HealthCheckPath: /health',
        '      TargetGroupAttributes:',
        "        - { Key: stickiness.enabled, Value: 'true' }",
        '        - { Key: stickiness.type, Value: lb_cookie }',
        '  Balancer:',
        '    Type: AWS::ElasticLoadBalancingV2::LoadBalancer',
        "    Properties: { LoadBalancerAttributes: [{ Key: idle_timeout.timeout_seconds, Value: '120' }] }",
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: it is deployed to AWS');
    expect(lines).toEqual([
      'task api: web, whose? @7:17',
      '  image ? @8:23',
      '  instances {"min":2} @20:25',
      '  autoscaled @20:25',
      '  update recreate @15:50, surge 0% @15:50, unavailable 100% @15:78',
      '  start (exec, arguments) @9:20',
      '    node server.js @9:21',
      'auto-scaling group Group: unknown, whose? @22:3',
      '  instances {"min":1,"max":3} @24:42',
      '  autoscaled @24:42',
      'balancer Target @25:3',
      '  sticky lb_cookie @30:11',
      '  probe health /health @28:24',
      'balancer Balancer @32:3',
      '  idle 120 @34:44',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads Terraform: resources', async () => {
    const { lines, purpose, why, problems } = await told({
      'main.tf': [
        'variable "n" { default = 1 }',
        'resource "aws_ecs_task_definition" "web" {',
        '  family = "shop"',
        '  container_definitions = jsonencode([{',
        '    name    = "web"',
        '    image   = "${var.repo}/shop"',
        '    command = ["node", "server.js"]',
        '  }])',
        '}',
        'resource "aws_ecs_service" "web" {',
        '  task_definition                    = aws_ecs_task_definition.web.arn',
        '  desired_count                      = 2 // two',
        '  deployment_maximum_percent         = 200',
        '  deployment_minimum_healthy_percent = 100',
        '}',
        'resource "aws_autoscaling_group" "hosts" {',
        '  min_size = var.n',
        '  max_size = 4',
        '}',
        'resource "aws_lb_target_group" "web" {',
        '  stickiness {',
        '    enabled = true',
        '    type    = "lb_cookie"',
        '  }',
        '  health_check { path = "/health" }',
        '}',
        'resource "aws_lb" "front" {',
        '  idle_timeout = 120',
        '}',
        'resource "kubernetes_deployment" "api" {',
        '  spec {',
        '    replicas = 1',
        '    strategy { type = "Recreate" }',
        '  }',
        '}',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: it is applied by Terraform');
    expect(lines).toEqual([
      'task web: web, whose? @5:15',
      '  image ? @6:15',
      '  instances {"min":2,"max":2} @12:40',
      '  update rolling @13:40, surge 100% @13:40, unavailable 0% @14:40',
      '  start (exec, arguments) @7:15',
      '    node server.js @7:16',
      'auto-scaling group hosts: unknown, whose? @16:1',
      '  instances ? @18:14',
      '  autoscaled @18:14',
      'Deployment api: unknown, whose? @30:1',
      '  instances {"min":1,"max":1} @32:16',
      '  update recreate @33:23',
      'balancer web @20:1',
      '  sticky lb_cookie @21:3',
      '  probe health /health @25:25',
      'balancer front @27:1',
      '  idle 120 @28:18',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads Nomad: a job', async () => {
    const { lines, purpose, why, problems } = await told({
      'shop.nomad.hcl': [
        'job "shop" {',
        '  update {',
        '    max_parallel = 1',
        '    canary       = 1',
        '  }',
        '  group "web" {',
        '    count = 3',
        '    network {',
        '      port "http" {',
        '        static = 80',
        '        to     = 3000',
        '      }',
        '    }',
        '    volume "data" {',
        '      type        = "csi"',
        '      access_mode = "single-node-writer"',
        '    }',
        '    service {',
        '      check {',
        '        type = "http"',
        '        path = "/health"',
        '      }',
        '    }',
        '    task "migrate" {',
        '      lifecycle { hook = "prestart" }',
        '      config {',
        '        command = "npm"',
        '        args    = ["run", "migrate"]',
        '      }',
        '    }',
        '    task "app" {',
        '      driver = "docker"',
        '      config {',
        '        image   = "acme/shop:1"',
        '        command = "node"',
        '        args    = ["server.js"]',
        '      }',
        '      env {',
        '        NODE_ENV = "production"',
        '        HOST     = "${NOMAD_IP}"',
        '      }',
        '      volume_mount {',
        '        volume      = "data"',
        '        destination = "/data"',
        '      }',
        '      kill_timeout = "20s"',
        '    }',
        '  }',
        '}',
        '',
      ].join('\n'),
      'package.json': { name: 'shop' },
    });
    expect(`${purpose}: ${why}`).toBe('production: it sets NODE_ENV to `production`');
    expect(lines).toEqual([
      'group web: web, own @31:5',
      '  image acme/shop:1 @34:19',
      '  instances {"min":3,"max":3} @7:13',
      '  update rolling @2:3, unavailable 1 @3:20, order start-first @2:3',
      '  NODE_ENV=production @39:20',
      '  HOST=? @40:20',
      '  volume /data: instance, keeps (data) @42:7',
      '  probe health /health @21:16',
      '  grace 20 @46:22',
      '  pin host-port 80 @10:18',
      '  port 80:3000 @10:18',
      '  start (exec) @35:19',
      '    node server.js @35:19',
      '  before (exec, migrate) @27:19',
      '    npm run migrate @27:19',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads systemd: a service', async () => {
    const { lines, purpose, why, problems } = await told({
      'deploy/shop.service': [
        '[Unit]',
        'Description=Shop',
        '',
        '[Service]',
        'Environment=NODE_ENV=production "A=b c"',
        'EnvironmentFile=-/etc/shop',
        'WorkingDirectory=/srv/shop',
        'ExecStartPre=/usr/bin/npm run migrate',
        'ExecStart=/usr/bin/node \\',
        '  --enable-source-maps \\',
        '  server.js',
        'KillSignal=SIGINT',
        'TimeoutStopSec=1min 30s',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: it sets NODE_ENV to `production`');
    expect(lines).toEqual([
      'unit shop: unknown, own @9:1',
      '  workdir /srv/shop @7:1',
      '  NODE_ENV=production @5:13',
      '  A=b c @5:34',
      '  variables from /etc/shop @6:1',
      '  grace 90 @13:1',
      '  stop signal SIGINT @12:1',
      '  start (exec) @9:1',
      '    /usr/bin/node --enable-source-maps server.js @9:11',
      '  before (exec) @8:1',
      '    /usr/bin/npm run migrate @8:14',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads systemd: a timer', async () => {
    const { lines, purpose, why, problems } = await told({
      'report.timer': ['[Timer]', 'OnCalendar=daily', ''].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: a unit of the host');
    expect(lines).toEqual(['timer report: cron, whose? @2:1', '  schedule daily @2:1']);
    expect(problems).toEqual([]);
  });

  it('reads a crontab', async () => {
    const { lines, purpose, why, problems } = await told({
      crontab: [
        '# minutes',
        'PATH=/usr/bin',
        '0 3 * * * node report.js >> /var/log/report.log 2>&1',
        '@daily curl http://localhost:3000/cleanup',
        '',
      ].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: the host runs what it names');
    expect(lines).toEqual([
      'cron entry node report.js >> /var/log/report.log 2>&1: cron, whose? @3:11',
      '  schedule 0 3 * * * @3:1',
      '  start (shell) @3:11',
      '    node report.js > /var/log/report.log @3:11',
      'cron entry curl http://localhost:3000/cleanup: cron, whose? @4:8',
      '  schedule @daily @4:1',
      '  start (shell) @4:8',
      '    curl http://localhost:3000/cleanup @4:8',
    ]);
    expect(problems).toEqual([]);
  });

  it('reads a crontab of the system', async () => {
    const { lines, purpose, why, problems } = await told({
      'etc/cron.d/shop': ['*/5 * * * * node cd /srv && node job.js', ''].join('\n'),
    });
    expect(`${purpose}: ${why}`).toBe('production: the host runs what it names');
    expect(lines).toEqual([
      'cron entry cd /srv && node job.js: cron, whose? @1:18',
      '  schedule */5 * * * * @1:1',
      '  start (shell) @1:18',
      '    cd /srv @1:18',
      '    node job.js @1:29',
    ]);
    expect(problems).toEqual([]);
  });

  it('survives Terraform with a block left open', async () => {
    const { lines, problems } = await told({
      'main.tf': ['resource "aws_autoscaling_group" "a" {', '  min_size = 1', '}', 'resource "x" "y" {', ''].join('\n'),
    });
    expect(lines).toEqual([
      'auto-scaling group a: unknown, whose? @1:1',
      '  instances {"min":1} @2:14',
      '  autoscaled @2:14',
    ]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('note main.tf:5:1 cannot be read as HCL: a block is not closed.');
  });

  it('survives a crontab with a line that is none', async () => {
    const { lines, problems } = await told({ crontab: ['0 3 * * * node a.js', 'nonsense here', ''].join('\n') });
    expect(lines).toEqual([
      'cron entry node a.js: cron, whose? @1:11',
      '  schedule 0 3 * * * @1:1',
      '  start (shell) @1:11',
      '    node a.js @1:11',
    ]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(
      'note crontab:2:1 cannot be read as a crontab: a schedule of five fields and a command are expected here.',
    );
  });

  it('survives a unit with a line that is none', async () => {
    const { lines, problems } = await told({
      'a.service': ['[Service]', 'ExecStart=/usr/bin/node a.js', 'nonsense', ''].join('\n'),
    });
    expect(lines).toEqual(['unit a: unknown, own @2:1', '  start (exec) @2:1', '    /usr/bin/node a.js @2:11']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(
      'note a.service:3:1 cannot be read as a unit of systemd: `[Section]` or `Key=Value` is expected here.',
    );
  });

  it('survives a template with tabs', async () => {
    const { lines, problems } = await told({
      'stack.yaml': ["AWSTemplateFormatVersion: '2010-09-09'", 'Resources:', '\tA: 1', ''].join('\n'),
    });
    expect(lines).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('error stack.yaml:3:1 cannot be read as YAML: Tabs are not allowed as indentation.');
  });
});
