import type { ModelKnowledge, ValueKnowledge } from './types.js';

const SEQUELIZE = 'https://sequelize.org/docs/v6/core-concepts/model-querying-finders/';
const TYPEORM = 'https://typeorm.io/docs/working-with-entity-manager/repository-api';
const OBJECTION = 'https://vincit.github.io/objection.js/api/query-builder/find-methods.html';
const REDBEAN =
  'redbean-node@0.4.0 dist/redbean-node.js:79-85, :791-835 (models are known by the names of their files)';
const BEAN = 'redbean-node{,/dist/bean-model}:BeanModel';
const MIKRO = 'unchecked: https://mikro-orm.io/docs/entity-manager';

/**
 * Calls of object-relational mappers that hand out objects of a class: of the class they are asked of, of the one their
 * repository is for, or of the one an argument names. Rows that may be missing are told as if they were there.
 */
export const models: readonly ModelKnowledge[] = [
  {
    api: 'sequelize:Model.{build,create,findOne,findByPk,findById,scope().findOne,scope().findByPk,unscoped().findOne}',
    gives: 'one',
    source: SEQUELIZE,
  },
  { api: 'sequelize:Model.{findAll,bulkCreate,bulkBuild,scope().findAll}', gives: 'many', source: SEQUELIZE },
  { api: 'sequelize:Model.{findOrCreate,findOrBuild,upsert}', gives: 'first', source: SEQUELIZE },
  {
    api: 'typeorm:BaseEntity.{create,findOne,findOneBy,findOneOrFail,findOneByOrFail,save,merge}',
    gives: 'one',
    source: 'typeorm@1.1.1 util/OrmUtils.d.ts:117',
  },
  {
    api: 'typeorm:BaseEntity.{find,findBy}',
    gives: 'many',
    source: 'typeorm@1.1.1 repository/BaseEntity.d.ts:311',
  },
  {
    api: 'typeorm:Repository().{create,findOne,findOneBy,findOneOrFail,findOneByOrFail,preload,merge}',
    gives: 'one',
    source: TYPEORM,
  },
  { api: 'typeorm:Repository().{find,findBy,findByIds}', gives: 'many', source: TYPEORM },
  {
    api: 'typeorm:EntityManager().{create,findOne,findOneBy,findOneOrFail,findOneByOrFail,preload}',
    gives: 'one',
    of: 0,
    source: TYPEORM,
  },
  { api: 'typeorm:EntityManager().{find,findBy}', gives: 'many', of: 0, source: TYPEORM },
  {
    api: 'typeorm:{DataSource().,EntityManager().,}{getRepository,getTreeRepository,getMongoRepository}',
    gives: 'repository',
    of: 0,
    source: TYPEORM,
  },
  // The builder stays what it is besides, since calls go on after these: `.findById(1).patch(…)`.
  {
    api: 'objection:Model.query().{findById,findOne,first,insertAndFetch,insert,patchAndFetchById,updateAndFetchById}',
    gives: 'one',
    chained: true,
    source: OBJECTION,
  },
  { api: 'objection:Model.fromJson', gives: 'one', source: 'objection@3.1.5 typings/objection/index.d.ts:1486' },
  {
    api: '@mikro-orm/core:EntityManager().{findOne,findOneOrFail,create,getReference,upsert}',
    gives: 'one',
    of: 0,
    source: MIKRO,
  },
  { api: '@mikro-orm/core:EntityManager().{find,findAll}', gives: 'many', of: 0, source: MIKRO },
  { api: '@mikro-orm/core:EntityManager().getRepository', gives: 'repository', of: 0, source: MIKRO },
  { api: '@mikro-orm/core:EntityRepository().{findOne,findOneOrFail,create,upsert}', gives: 'one', source: MIKRO },
  { api: '@mikro-orm/core:EntityRepository().{find,findAll}', gives: 'many', source: MIKRO },
  { api: 'redbean-node:R.{findOne,load,dispense}', gives: 'one', of: 0, named: BEAN, source: REDBEAN },
  { api: 'redbean-node:R.{find,findAll}', gives: 'many', of: 0, named: BEAN, source: REDBEAN },
];

/** Decorators of classes whose objects are rows: however few of them the code makes itself, each query gives others. */
export const rowDecorators: readonly ValueKnowledge[] = [
  { api: 'typeorm:{Entity,ChildEntity,ViewEntity}', source: 'typeorm@1.1.1 decorator/entity/Entity.d.ts' },
  { api: '@mikro-orm/core:{Entity,Embeddable}', source: '@mikro-orm/core@6.6.16 decorators/Entity.d.ts' },
  {
    api: '@mikro-orm/decorators/{legacy,es}:{Entity,Embeddable}',
    source: '@mikro-orm/decorators@7.2.1 legacy/Entity.js',
  },
  { api: 'sequelize-typescript:Table', source: 'sequelize-typescript@2.1.6 dist/model/table/table.d.ts' },
  { api: '@nestjs/mongoose:Schema', source: '@nestjs/mongoose@12.0.0 dist/decorators/schema.decorator.d.ts' },
];
