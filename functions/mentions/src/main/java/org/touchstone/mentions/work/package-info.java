/**
 * What is done about a mention, one step after another, each of which may be the last before a
 * crash.
 */
package org.touchstone.mentions.work;
