/** Signatures, certificates, time stamps and certificate status. */
package org.touchstone.c2pa.credential;
