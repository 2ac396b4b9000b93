/** The description of a judge: which model, where, at what price, and within which limits. */
package org.touchstone.judge.settings;
