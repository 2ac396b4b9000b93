/** Reads what requests of different resources have in common. */
package org.touchstone.intake.request;
