/** Where the functions that follow links may go, for organisations that want a say in it. */
package org.touchstone.infra.egress;
