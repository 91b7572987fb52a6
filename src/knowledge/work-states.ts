/*
 * How rows say that somebody is at work on them, or present, and how that is set back: the names of fields and states that
 * applications use. They are words, not facts about packages; where they do not decide, nothing is said.
 */

/** A field that is true while somebody works, or is there. */
export const busyFlag =
  /^(?:is|has|currently)?_?(?:running|busy|processing|in_?progress|locked|online|connected|working|being_?processed|in_?use|syncing|executing)$/i;

/** A field that names who works, or since when. */
export const busyHolder =
  /^(?:(?:locked|claimed|picked_?up|acquired)_?(?:at|by|until|on)|(?:running|processing|busy|online)_?(?:since|by)|(?:socket|worker|lock|runner|connection)_?id|lock)$/i;

/** A field that holds a state. */
export const stateField =
  /(?:^|_)(?:status|state|phase|result|outcome)$|(?:^|[a-z])(?:Status|State|Phase|Result|Outcome)$/;

/** States of what somebody is at work on, or of who is present. */
export const busyState =
  /^(?:is_?)?(?:running|processing|in[ _-]?progress|active|started|starting|busy|working|executing|syncing|(?:up|down)loading|(?:re|en|trans)coding|converting|importing|exporting|online|connected|locked|ringing|building|deploying|generating|indexing|analy[sz]ing|crawling|scanning|ongoing|sending)$/i;

/** States that such a row is set to when nobody is at work on it any more, or not yet. */
export const idleState =
  /^(?:is_?)?(?:fail(?:ed|ure)?|error(?:ed)?|interrupted|abort(?:ed)?|cancell?ed|crash(?:ed)?|stopp?ed|stop|killed|time(?:d_?)?out|stale|lost|disconnected|offline|inactive|terminated|idle|ready|pending|queued|waiting|wait|new|scheduled|paused|not[ _-]?started|ended|finished|missed)$/i;

/** Fields that say which instance a row belongs to. */
export const ownerField =
  /^(?:instance|host|node|server|machine|process|worker|pod|runner|hostname|pid|owner|dyno)_?(?:id|name|uuid|key)?$/i;

/** What compares points of time in a filter: options, operators, and the functions that mappers have for it. */
export const olderThan = /^(?:\$?lte?|LessThan(?:OrEqual)?|Op\.lte?|<=?|before|isBefore|olderThan|between|Between)$/;
