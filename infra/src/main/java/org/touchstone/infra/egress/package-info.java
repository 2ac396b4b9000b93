/** The hosts that functions following links may visit, for organisations that restrict them. */
package org.touchstone.infra.egress;
