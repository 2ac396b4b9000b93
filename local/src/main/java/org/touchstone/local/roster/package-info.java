/** The roster: which detectors the endpoints run, made from their plan and the models. */
package org.touchstone.local.roster;
