import { describe, expect, it } from 'vitest';
import { probed, programOf } from '../../../test/in-memory.js';

describe('objects that an object-relational mapper hands out', () => {
  const sequelize = "import { Model } from 'sequelize'; class User extends Model { pay() { return 1; } } ";
  const typeorm = "import { BaseEntity, Repository, DataSource } from 'typeorm'; class User { pay() { return 1; } } ";

  it.each<[string, string[]]>([
    [`${sequelize} probe(await User.findOne({}));`, ['new User']],
    [`${sequelize} probe((await User.findByPk(1)).pay());`, ['1']],
    [`${sequelize} for (const user of await User.findAll()) probe(user);`, ['new User']],
    [`${sequelize} const [user] = await User.findOrCreate({}); probe(user);`, ['new User']],
    [`${sequelize} class Admin extends User {} probe(await Admin.findOne());`, ['new Admin']],
    [`${sequelize} probe((await User.findOne()).save);`, ['sequelize:Model().save']],
    [`${sequelize} probe(User.count());`, ['sequelize:Model.count()']],
    ["import { Model } from 'sequelize'; probe(Model.findOne());", ['sequelize:Model()']],
    [
      "import { BaseEntity } from 'typeorm'; class User extends BaseEntity {} probe(await User.findOneBy({ id: 1 }));",
      ['new User'],
    ],
    [
      `${typeorm} class A { constructor(private users: Repository<User>) {} async b() { probe(await this.users.findOne({})); } }`,
      ['new User'],
    ],
    [`${typeorm} function f(users: Repository<User>) { for (const user of users.find()) probe(user.pay()); }`, ['1']],
    [
      `${typeorm} const source = new DataSource({}); probe(await source.getRepository(User).findOneBy({}));`,
      ['new User'],
    ],
    [`${typeorm} const source = new DataSource({}); probe(await source.manager.findOne(User, {}));`, ['new User']],
    [
      `${typeorm} const source = new DataSource({}); probe(await source.getRepository(name).findOneBy({}));`,
      ['typeorm:Repository().findOneBy()'],
    ],
    [
      "import { Model } from 'objection'; class User extends Model {} probe(await User.query().where('a', 1).first());",
      ['new User', 'objection:Model.query().first()'],
    ],
    [
      "import { R } from 'redbean-node'; import { BeanModel } from 'redbean-node/dist/bean-model'; class StatusPage extends BeanModel {} for (const page of await R.find('status_page')) probe(page);",
      ['new StatusPage'],
    ],
    [
      "import { R } from 'redbean-node'; import { BeanModel } from 'redbean-node/dist/bean-model'; class Page extends BeanModel {} probe(await R.findOne('status_page'));",
      ['redbean-node:R.findOne()'],
    ],
    ["import { R } from 'redbean-node'; class Page {} probe(await R.findOne('page'));", ['redbean-node:R.findOne()']],
  ])('`%s`', async (text, expected) => {
    expect(probed(await programOf(text))).toEqual(expected);
  });
});
